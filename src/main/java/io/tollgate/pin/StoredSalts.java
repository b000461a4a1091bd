package io.tollgate.pin;

import org.springframework.data.jpa.repository.JpaRepository;

interface StoredSalts extends JpaRepository<StoredSalt, String> {

}
