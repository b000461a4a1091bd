/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: asterisk
-- ------------------------------------------------------
-- Server version	10.11.6-MariaDB-0+deb12u1

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET NAMES utf8mb4 */;

--
-- Table structure for table `module_xml`
--

DROP TABLE IF EXISTS `module_xml`;
CREATE TABLE `module_xml` (
  `id` varchar(20) NOT NULL,
  `data` longblob NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;
LOCK TABLES `module_xml` WRITE;
INSERT INTO `module_xml` VALUES
('a',_binary 'it\'s; INSERT INTO `outbound_routes` VALUES (9,\'no\'); -- \\');
UNLOCK TABLES;

DROP TABLE IF EXISTS `outbound_route_patterns`;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `outbound_route_patterns` (
  `route_id` int(11) NOT NULL,
  `match_pattern_prefix` varchar(60) NOT NULL DEFAULT '',
  `match_pattern_pass` varchar(60) NOT NULL DEFAULT '',
  `match_cid` varchar(60) NOT NULL DEFAULT '',
  `prepend_digits` varchar(100) NOT NULL DEFAULT '',
  PRIMARY KEY (`route_id`,`match_pattern_prefix`,`match_pattern_pass`,`match_cid`,`prepend_digits`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
LOCK TABLES `outbound_route_patterns` WRITE;
/*!40000 ALTER TABLE `outbound_route_patterns` DISABLE KEYS */;
INSERT INTO `outbound_route_patterns` VALUES
(1,'','911','',''),
(2,'','NXXNXXXXXX','','1'),
(2,'9','1NXXNXXXXXX','',''),
(2,'','1503NXXXXXX','10[1-4]X',''),
(3,'','011.','','');
INSERT INTO `outbound_route_patterns` VALUES (4,'','8[1-','',''),(4,'','85XX','',''),(5,'','7XXX','','');
/*!40000 ALTER TABLE `outbound_route_patterns` ENABLE KEYS */;
UNLOCK TABLES;

CREATE TABLE `outbound_route_sequence` (
  `route_id` int(11) NOT NULL,
  `seq` int(11) NOT NULL,
  PRIMARY KEY (`route_id`,`seq`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
INSERT INTO `outbound_route_sequence` VALUES
(1,0),
(2,2),
(3,1),
(4,3);

CREATE TABLE `outbound_route_trunks` (
  `route_id` int(11) NOT NULL,
  `trunk_id` int(11) NOT NULL,
  `seq` int(11) NOT NULL,
  PRIMARY KEY (`route_id`,`trunk_id`,`seq`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
INSERT INTO `outbound_route_trunks` VALUES
(1,2,0),
(2,1,1),
(2,2,0),
(3,2,0),
(4,2,0),
(5,3,0);

CREATE TABLE `outbound_routes` (
  `route_id` int(11) NOT NULL AUTO_INCREMENT,
  `name` varchar(40) DEFAULT NULL,
  `outcid` varchar(255) DEFAULT NULL,
  `outcid_mode` varchar(20) DEFAULT NULL,
  `password` varchar(80) DEFAULT NULL,
  `emergency_route` varchar(4) DEFAULT NULL,
  `intracompany_route` varchar(4) DEFAULT NULL,
  `mohclass` varchar(80) DEFAULT NULL,
  `time_group_id` int(11) DEFAULT NULL,
  `dest` varchar(255) DEFAULT NULL,
  `time_mode` varchar(20) DEFAULT '',
  `calendar_id` varchar(255) DEFAULT NULL,
  `calendar_group_id` varchar(255) DEFAULT NULL,
  `timezone` varchar(255) DEFAULT NULL,
  `notification_on` varchar(255) DEFAULT 'call',
  PRIMARY KEY (`route_id`)
) ENGINE=InnoDB AUTO_INCREMENT=6 DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
LOCK TABLES `outbound_routes` WRITE;
INSERT INTO `outbound_routes` VALUES
(1,'Emergency','','','','YES','','default',0,'','',NULL,NULL,'default','call'),
(2,'Joe\'s \"national\"','\"Office\" <5035550100>','override_extension','','','','default',0,'','',NULL,NULL,'default','call'),
(3,'International','','','73910468','','','default',0,'','',NULL,NULL,'default','call'),
(4,'Internal','','','','','YES','default',NULL,'app-blackhole,hangup,1','',NULL,NULL,'default','call'),
(5,'Forgotten','','','','','','none',4,'','time-group',NULL,NULL,'default','call');
UNLOCK TABLES;

CREATE TABLE `trunks` (
  `trunkid` int(11) NOT NULL DEFAULT 0,
  `tech` varchar(20) NOT NULL,
  `channelid` varchar(190) NOT NULL DEFAULT '',
  `name` varchar(50) NOT NULL DEFAULT '',
  `outcid` varchar(40) NOT NULL DEFAULT '',
  `keepcid` varchar(4) DEFAULT 'off',
  `maxchans` varchar(6) DEFAULT '',
  `failscript` varchar(255) NOT NULL DEFAULT '',
  `dialoutprefix` varchar(255) NOT NULL DEFAULT '',
  `usercontext` varchar(255) DEFAULT NULL,
  `provider` varchar(40) DEFAULT NULL,
  `disabled` varchar(4) DEFAULT 'off',
  `continue` varchar(4) DEFAULT 'off',
  `routedisplay` varchar(4) DEFAULT 'on',
  PRIMARY KEY (`trunkid`,`tech`,`channelid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
INSERT INTO `trunks` VALUES
(1,'dahdi','g1','Old lines','','off','','','9','','','off','off','on'),
(2,'pjsip','lumen','Lumen SIP','','off','','','','','','off','off','on'),
(3,'pjsip','telnyx','telnyx','','off','','','','','','on','off','on');
-- Dump completed on 2026-01-12  5:14:47
