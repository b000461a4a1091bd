package io.tollgate.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface StoredApiTokens extends JpaRepository<StoredApiToken, Long> {

	/**
	 * With every request: all of it in one query, and one that Hibernate plans once,
	 * which it does not with an entity graph.
	 */
	@Query("""
			select token from StoredApiToken token join fetch token.account maker left join fetch maker.groups
				left join fetch token.scopes left join fetch token.groups
			where token.publicId = :publicId""")
	Optional<StoredApiToken> findByPublicId(String publicId);

	List<StoredApiToken> findByExpiresAtAfterOrderByCreatedAtDescIdDesc(Instant after);

	/** For two at once: the second one waits and changes nothing. */
	@Modifying
	@Query(nativeQuery = true, value = """
			update api_token set last_used_at = :now, last_address = :address
			where id = :id and (last_used_at is null or last_used_at < :before)""")
	int used(long id, Instant now, Instant before, String address);

}
