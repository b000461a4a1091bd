package io.tollgate.account;

import java.util.List;
import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;

interface StoredAccounts extends JpaRepository<StoredAccount, Long> {

	Optional<StoredAccount> findByUsername(String username);

	List<StoredAccount> findAllByOrderByDisplayNameAscUsernameAsc();

}
